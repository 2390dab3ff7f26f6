/**
 * No file may reach itself by its imports, imports of types included: what is in a circle can only
 * be understood as a whole. `import-x/no-cycle` leaves imports of types out, hence dependency-cruiser.
 */
module.exports = {
	forbidden: [{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } }],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.check.json' },
		includeOnly: '^(credentials|lib|nodes|sandbox|scripts|test)/',
	},
};
