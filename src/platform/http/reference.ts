import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform } from 'fastify-type-provider-zod'
import { shareSchemas } from './components.ts'

const description = `Guvoh documents human-rights violations and helps victims. Sealed fields come back only to those whose keys open them;
a field that your keys do not open is \`null\`. Changes need \`If-Match\` with the \`ETag\` you read; a POST that creates takes an \`Idempotency-Key\`.`

/** OpenAPI 3.1 at /openapi.json and a reference page at /docs, made from the same schemas that check the requests. */
export async function registerReference(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Guvoh',
        version: '1',
        description,
        license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } }),
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { deepLinking: false, persistAuthorization: false },
    transformSpecification: shareSchemas,
    transformSpecificationClone: false,
  })
  app.get('/openapi.json', { config: { action: 'public' }, schema: { hide: true } }, () => describe(app))
}

/** The description of the service as it is served and as it lies in schemas/openapi.json. */
export const describe = (app: FastifyInstance) => shareSchemas(app.swagger())
