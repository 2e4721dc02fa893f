/** A small API repository for stories: a root that refers to another file, a policy, owners. */
export const policy = `version: 1
mode: enforce
rules:
  - name: breaking changes need an owner
    when: { class: breaking }
    require: { approvals: { from: "@acme/api-owners" } }
`

export const users = `User:
  type: object
  required: [id, name]
  properties:
    id: { type: string }
    name: { type: string }
`

export const openapi = `openapi: 3.0.3
info: { title: Shop, version: 1.0.0, x-owner: "@acme/api-owners" }
servers: [{ url: "https://api.acme.example" }]
security: [{ key: [] }]
paths:
  /users/{id}:
    get:
      operationId: getUser
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        "200":
          description: A user
          content: { application/json: { schema: { $ref: "schemas/users.yaml#/User" } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
`

export const files = {
  '.github/specgate.yml': policy,
  'api/openapi.yaml': openapi,
  'api/schemas/users.yaml': users,
  'README.md': '# Shop\n',
}
