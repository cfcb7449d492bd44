"""What stands beside a `$ref`."""

from __future__ import annotations

from ...lowering import HEAD, lower_text


def test_nullable_beside_a_reference_counts_in_3_0() -> None:
    lowered = lower_text(
        """
        paths:
          /pets:
            get:
              responses:
                "200":
                  description: Pets.
                  content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
        components:
          schemas:
            Pet:
              type: object
              required: [of, by]
              properties:
                of: {$ref: "#/components/schemas/Owner", nullable: true, description: Whose it is.}
                by: {$ref: "#/components/schemas/Owner", nullable: false}
            Owner: {type: object, properties: {name: {type: string}}}
        """,
        head=HEAD.replace("3.2.0", "3.0.3"),
    )
    assert [line.strip() for line in lowered.module("pet")[1:]] == ["of?: Optional[Owner]", "by: Owner"]
    assert lowered.type_module("pet").definitions[0].fields[0].doc == "Whose it is."
    assert lowered.codes == []
