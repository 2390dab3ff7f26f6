import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Issue } from '../../issue';
import type { ServiceFault } from '../../serviceFault';
import { countOf } from '../../texts';
import type { ItemFailure } from './knackNodeErrors';
import { failedItem, failureOfError, failureOfIssues } from './knackNodeErrors';

/** What became of each input item; every one of them comes out, paired and in order. */
export class ItemResults {
	/** Whether the first item that fails ends the run, as the node is set. */
	readonly stopsAtFirst: boolean;

	private readonly input: readonly INodeExecutionData[];
	private readonly given = new Map<number, readonly IDataObject[]>();
	private readonly failures = new Map<number, ItemFailure>();
	private readonly warnings: Issue[] = [];
	/** What the run was ended with. */
	private ending: unknown;

	constructor(private readonly context: IExecuteFunctions) {
		this.input = context.getInputData();
		this.stopsAtFirst = !context.continueOnFail();
	}

	/** Reads each item's parameters. An expression that fails concerns its own item only. */
	read<Value>(readItem: (index: number) => Value): Value[] {
		return this.each([...this.input.keys()], (index) => index, readItem);
	}

	/** Takes what was read a step further, by the same rule. */
	resolve<Given extends { readonly index: number }, Value>(
		given: readonly Given[],
		resolveOne: (one: Given) => Value,
	): Value[] {
		return this.each(given, ({ index }) => index, resolveOne);
	}

	private each<Given, Value>(
		given: readonly Given[],
		indexOf: (one: Given) => number,
		make: (one: Given) => Value,
	): Value[] {
		return given.flatMap((one) => {
			try {
				return [make(one)];
			} catch (error) {
				this.failThrown(indexOf(one), error);
				return [];
			}
		});
	}

	/** Whether nothing has become of some item yet. */
	get isOpen(): boolean {
		return this.input.some((_item, index) => !this.given.has(index) && !this.failures.has(index));
	}

	give(index: number, items: readonly IDataObject[]): void {
		this.given.set(index, items);
	}

	fail(index: number, issues: readonly Issue[], fault?: ServiceFault): void {
		this.failures.set(index, failureOfIssues(this.context, index, issues, fault));
	}

	/** Throws at once where the first failure ends the run. */
	failThrown(index: number, thrown: unknown): void {
		const failure = failureOfError(this.context, index, thrown);
		if (this.stopsAtFirst) throw this.withProgress(failure.error);
		this.failures.set(index, failure);
	}

	warn(issues: readonly Issue[]): void {
		this.warnings.push(...issues);
	}

	/** Throws the first failure, where it ends the run. */
	throwFirst(): void {
		const [first] = [...this.failures.entries()].sort(([a], [b]) => a - b);
		if (first && this.stopsAtFirst) throw this.withProgress(first[1].error);
	}

	/** For each item that nothing has become of yet. */
	failRest(thrown: unknown): void {
		if (thrown === this.ending) throw thrown;
		for (const index of this.input.keys()) {
			if (!this.given.has(index) && !this.failures.has(index)) this.failThrown(index, thrown);
		}
	}

	private withProgress(error: ItemFailure['error']): ItemFailure['error'] {
		this.ending = error;
		const done = this.given.size;
		if (this.input.length > 1) {
			const progress =
				done === 0
					? 'Nothing was done for the other items.'
					: `Done before: ${done} of ${this.input.length} items.`;
			error.description = [error.description, progress].filter(Boolean).join(' ');
		}
		return error;
	}

	output(): INodeExecutionData[][] {
		this.tellLog();
		if (this.warnings.length > 0) {
			this.context.addExecutionHints({
				message: `${countOf(this.warnings.length, 'value')} ${this.warnings.length === 1 ? 'was' : 'were'} taken by Knack and not kept; see knack.warnings of the items. ${this.warnings[0]?.message ?? ''}`,
				type: 'warning',
				location: 'outputPane',
			});
		}
		const items = this.input.flatMap((item, index): INodeExecutionData[] => {
			const failure = this.failures.get(index);
			if (failure) return [failedItem(this.context, item, index, failure)];
			return (this.given.get(index) ?? []).map((json) => ({ json, pairedItem: { item: index } }));
		});
		return [items];
	}

	/** A run in numbers, as the other nodes tell n8n's log of theirs. */
	private tellLog(): void {
		const [records, done, failed] = [this.input.length, this.given.size, this.failures.size];
		this.context.logger.info(`Knack: ${done} of ${records} items done.`, { records, done, failed });
	}
}
