type Node = { [name: string]: unknown }

/** As much of an OpenAPI document as is looked at. */
type Described = { readonly paths?: object; readonly components?: object }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A coded list says in its description where it can be read; that gives its component a name. */
const listed = /\/v1\/vocabularies\/(\w+)\.$/

/** A schema's title is the name of its component, when it is one word: `When`. */
const titled = /^[A-Z][A-Za-z]+$/

/**
 * The same OpenAPI document with each coded list, and each schema that has a name for its title, written once under
 * `components.schemas` and referred to elsewhere: they are long, and the same one stands at many places.
 */
export function shareSchemas(document: Described) {
  const schemas: Node = {}
  const { paths, components } = document
  const shared = shareIn(paths, schemas)
  return { ...document, paths: shared, components: { ...components, schemas } }
}

function shareIn(value: unknown, schemas: Node): unknown {
  if (Array.isArray(value)) return value.map((one) => shareIn(one, schemas))
  if (!isNode(value)) return value
  const inside = () =>
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shareIn(described(value, inner), schemas)]))
  const name = nameOf(value)
  if (name === undefined) return inside()
  schemas[name] ??= inside()
  return { $ref: `#/components/schemas/${name}` }
}

/** Of a parameter the description stands beside the schema. */
const described = ({ in: isParameter, description }: Node, inner: unknown): unknown =>
  isParameter !== undefined && isNode(inner) ? { ...inner, description } : inner

function nameOf({ title, enum: codes, description, type, oneOf, anyOf }: Node): string | undefined {
  if (Array.isArray(codes) && typeof description === 'string') return listed.exec(description)?.[1]
  const isSchema = [type, oneOf, anyOf].some((part) => part !== undefined)
  return isSchema && typeof title === 'string' && titled.test(title) ? title : undefined
}
