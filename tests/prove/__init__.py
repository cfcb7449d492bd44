"""Every verdict of `sdkloom diff` against a machine that knows nothing of its rules. `README.md` tells how."""
