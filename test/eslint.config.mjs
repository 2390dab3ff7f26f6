// n8n's rules are for what n8n loads; what is not shipped follows eslint.house.mjs alone.
export default [{ ignores: ['**/*'] }];
