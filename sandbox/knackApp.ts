/** Application id and key of the sandbox's Knack app; plainly not anybody's real ones. */
export const sandboxKnackApp = {
	id: '5a4db0c50000000000000001',
	apiKey: '5a4db0c5-0000-4000-8000-000000000001',
	name: 'Demo Trade (sandbox)',
} as const;
