"""What the generator says about its input: one model, one catalog of wordings, one drawer."""
