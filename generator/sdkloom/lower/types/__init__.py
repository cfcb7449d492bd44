"""Types: schemas become models, params, unions and aliases."""
