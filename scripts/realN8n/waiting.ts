const TICK_MS = 200;

/** Asks again and again until the answer is neither undefined nor false. */
export async function until<Answer>(
	what: string,
	timeoutMs: number,
	ask: () => Promise<Answer | undefined | false>,
	everyMs = TICK_MS,
): Promise<Answer> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > deadline) {
			throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s in vain until ${what}`);
		}
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}
