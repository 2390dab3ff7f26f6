/** Lines to stand in, by name: one piece of work after the other, in the order of asking. */
export interface Queues {
	/**
	 * Works once it is first in all the lines, whatever became of the work before. Places are taken
	 * in one order of names, so that no two wait for each other.
	 */
	inTurn<Value>(names: readonly string[], work: () => Promise<Value>): Promise<Value>;
}

export function createQueues(): Queues {
	const last = new Map<string, Promise<void>>();

	const takeTurn = async (name: string): Promise<() => void> => {
		const before = last.get(name);
		let leave = (): void => undefined;
		const turn = new Promise<void>((resolve) => {
			leave = resolve;
		});
		const queue = (before ?? Promise.resolve()).then(async () => await turn);
		last.set(name, queue);
		await before;
		return () => {
			leave();
			if (last.get(name) === queue) last.delete(name);
		};
	};

	return {
		async inTurn(names, work) {
			const leave: Array<() => void> = [];
			try {
				for (const name of [...new Set(names)].sort()) leave.push(await takeTurn(name));
				return await work();
			} finally {
				for (const each of leave) each();
			}
		},
	};
}
