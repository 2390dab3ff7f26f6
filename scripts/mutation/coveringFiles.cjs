const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

/**
 * Which test files Jest reads for a mutant: those with a test that runs over it, the quickest
 * first. Stryker names the tests alone, for which Jest would load every file there is, each with
 * all that it imports. Jest makes one of these for each run.
 */
module.exports = class CoveringFiles {
	constructor({ globalConfig: { rootDir, testNamePattern } }) {
		this.memory = path.join(rootDir, 'mutationTests.json');
		this.wanted = testNamePattern ? new RegExp(testNamePattern, 'i') : undefined;
	}

	sort(files) {
		if (!this.wanted || !existsSync(this.memory)) return files;
		const known = new Map(JSON.parse(readFileSync(this.memory, 'utf8')));
		const hasWanted = ({ path: file }) =>
			known.get(file)?.names.some((name) => this.wanted.test(name));
		const durationOf = ({ path: file }) => known.get(file).duration;
		return files.filter(hasWanted).sort((a, b) => durationOf(a) - durationOf(b));
	}

	/** What the first run, of every test, tells of the files. */
	cacheResults(_files, { testResults }) {
		if (this.wanted) return;
		const known = testResults.map(({ testFilePath, perfStats, testResults: tests }) => [
			testFilePath,
			{ duration: perfStats.runtime, names: tests.map(({ fullName }) => fullName) },
		]);
		writeFileSync(this.memory, JSON.stringify(known));
	}
};
