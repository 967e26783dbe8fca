import { fileURLToPath } from 'node:url'
import tseslint from 'typescript-eslint'

const expose = {
  selector: "MemberExpression[property.name='expose']",
  message: 'Only src/platform/crypto exposes a secret.',
}
const cast = {
  selector: "TSAsExpression:not([typeAnnotation.typeName.name='const']), TSTypeAssertion",
  message: 'No casts: parse it, narrow it, or give it the right type where it is made.',
}
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only src/main.ts reads the environment.',
}
const barrel = { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' }
const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'No default exports: a name is the same everywhere.',
}

/** The rule has one list per file, so each part of the tree names all that it is held to. */
const banned = (files, ...what) => ({
  files,
  rules: { 'no-restricted-syntax': ['error', ...what, barrel, defaultExport] },
})

export default tseslint.config(
  { ignores: ['**/*.gen.ts', 'dist', 'coverage', '.guvoh', '.config'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: fileURLToPath(new URL('..', import.meta.url)) },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60 }],
      'max-params': ['error', 3],
      complexity: ['error', 8],
      eqeqeq: 'error',
      'no-else-return': ['error', { allowElseIf: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // `() => act()` is how a handler passes on what it called, result or none.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Values are records of functions, none of which knows a `this`.
      '@typescript-eslint/unbound-method': 'off',
      // `Secret<string>` says more than `Secret`, though string is the default.
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  banned(['src/**/*.{ts,tsx}'], expose, cast, environment),
  banned(['src/main.ts'], expose, cast),
  banned(['src/platform/**/*.ts'], expose, environment),
  banned(['src/platform/crypto/**/*.ts'], environment),
  banned(['scripts/**/*.ts', 'test/**/*.ts'], expose, cast),
  {
    files: ['test/**/*.ts'],
    rules: {
      // A `describe` is one function around many tests.
      'max-lines-per-function': 'off',
      // A test reads replies as they come; what it expects of them is the assertion.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
