"""OpenAPI documents and sdk.yaml, faithfully, in their own words."""
