"""A file of the runtime that this folder has in place of the packaged one."""
