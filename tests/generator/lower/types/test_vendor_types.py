"""What extensions of other generators say about the names of types."""

from __future__ import annotations

from ...lowering import response


def test_a_name_for_go_is_one_of_an_object_without_a_name() -> None:
    lowered = response(
        """
        Pet:
          type: object
          x-go-name: Animal
          properties:
            Id: {type: string, x-go-name: ID}
            home: {type: object, x-go-name: Kennel, properties: {size: {type: integer}}}
        """
    )
    assert lowered.module("pet") == [
        "model Pet",
        "  id? (Id): Optional[str]",
        "  home?: Optional[Kennel]",
        "model Kennel",
        "  size?: Optional[int]",
    ]
    assert lowered.codes == ["LOW156"]
