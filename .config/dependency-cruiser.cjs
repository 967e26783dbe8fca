/** Every ring of the platform may use those before it, and none beside or after it. */
const RINGS = [['kernel'], ['crypto', 'access'], ['database'], ['operation'], ['jobs', 'http']]

/** A module is a first folder under src that is neither the platform nor the composition. */
const MODULE = '^src/(?!platform/|app/|web/)([^/]+)/'

const rule = (name, from, to) => ({ name, severity: 'error', from, to })

const rings = RINGS.flatMap((level, depth) =>
  level.map((ring) => {
    const below = [ring, ...RINGS.slice(0, depth).flat()].join('|')
    const elsewhere = { path: '^src/platform/', pathNot: `^src/platform/(${below})/` }
    return rule(`ring-${ring}`, { path: `^src/platform/${ring}/` }, elsewhere)
  }),
)

const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rings,
    rule('no-cycles', {}, { circular: true }),
    rule('no-missing-file', {}, { couldNotResolve: true, pathNot: '/schema\\.gen\\.ts$' }),
    rule(
      'src-runs-on-what-is-installed-for-it',
      { path: '^src/', pathNot: '^src/web/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    ),
    rule('src-knows-no-scripts-and-tests', { path: '^src/' }, { path: '^(scripts|test)/' }),
    rule(
      'documents-know-words-alone',
      { path: '^src/platform/documents/' },
      { path: '^src/', pathNot: '^src/platform/documents/' },
    ),
    rule('platform-knows-no-domain', { path: '^src/platform/' }, { path: '^src/', pathNot: '^src/platform/' }),
    rule(
      'modules-meet-at-their-service',
      { path: MODULE },
      {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', '^src/platform/', '^src/(?!app/)[^/]+/(service|schema|policy)\\.ts$'],
      },
    ),
    rule(
      'only-routes-speak-http',
      { path: MODULE, pathNot: '^src/[^/]+/routes[^/]*$' },
      { path: ['^src/platform/http/', packages('fastify', '@fastify', 'fastify-[^/]+')] },
    ),
    rule(
      'only-repo-speaks-sql',
      { path: '^src/(?!platform/)', pathNot: '^src/[^/]+/repo[^/]*$' },
      { path: packages('kysely', 'pg', 'pg-[^/]+', '@types/pg') },
    ),
    rule(
      'only-crypto-speaks-ciphers',
      { path: '^src/', pathNot: '^src/platform/crypto/' },
      { path: [packages('tweetnacl', 'argon2', 'otpauth', '@types/node/crypto'), '^(node:)?crypto$'] },
    ),
    rule('web-speaks-only-http', { path: '^src/web/' }, { path: '^src/', pathNot: ['^src/web/', '\\.gen\\.ts$'] }),
    rule('what-verifies-is-written-apart', { path: '^scripts/verify-' }, { path: '^src/', reachable: true }),
    rule(
      'a-release-is-checked-independently',
      { path: '^(scripts/check-release|src/statistics/checker/)' },
      { path: '^src/statistics/', pathNot: '^src/statistics/checker/', reachable: true },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
}
