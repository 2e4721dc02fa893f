// Correctness rules that find bugs of a GitHub App (an unawaited API call above all), and the house's size limits.
import tseslint from 'typescript-eslint'

/** Rooms that only think: no clock, no chance (docs/decisions/0001). */
const pureRooms = ['model', 'openapi', 'diff', 'sensitive', 'policy', 'review', 'render'].map((room) => `src/${room}/**/*.ts`)

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'fixtures', 'docs', 'policies', 'coverage', '.specgate'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/strict-boolean-expressions': [
        'error',
        { allowNullableBoolean: true, allowNullableString: false, allowNumber: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      complexity: ['error', 18],
    },
  },
  {
    files: pureRooms,
    rules: {
      'no-restricted-globals': ['error', { name: 'Date', message: 'Pass `now` as an argument.' }],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'The pipeline is deterministic.' }],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts', '*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      // Stand-ins of asynchronous interfaces need not await anything.
      '@typescript-eslint/require-await': 'off',
    },
  },
)
