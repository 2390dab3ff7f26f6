import type { INodePropertyOptions } from 'n8n-workflow';
import type { CalendarDate } from '../../dates';
import type { Insight } from '../../insights/insight';
import type { Books } from '../../insights/reading/books';
import type { KnackClient } from '../../knack/client';
import type { Parameter } from '../parameters/parameter';
import type { ParameterReader } from '../parameters/reader';

/** What an operation is given once its settings are read. */
export interface InsightContext {
	/** Of the item's organisation; the same for all items of a run that name it. */
	readonly books: Books;
	/** As Of, or the organisation's today. */
	readonly day: CalendarDate;
	/** The app of the node's Knack credential, connected when it is first asked for. */
	knack(): Promise<KnackClient>;
}

/** An operation of Xero Insights: its place in the panel, and what it reckons. */
export interface InsightOperation {
	/** As workflows keep it; unique in the node, since parameters are shown by it. */
	readonly value: string;
	readonly resource: 'money' | 'jobs' | 'sync';
	readonly name: string;
	readonly description: string;
	/** As in n8n's list of actions, such as "Get what customers owe". */
	readonly action: string;
	/** Whether As Of is shown; where that hangs on its own parameters, with which values of them. */
	readonly hasDay: boolean | Readonly<Record<string, string[]>>;
	/** Whether it reads a Knack app. */
	readonly needsKnack: boolean;
	/** Its own parameters, which operations may share: see `shownFor`. */
	readonly parameters: readonly Parameter[];
	/**
	 * Reads the settings, and gives what is to be done with them. The reckoning is imported when it is
	 * run: n8n makes the form of every node at its start. Throws SettingError.
	 */
	prepare(read: ParameterReader): (context: InsightContext) => Promise<Insight>;
}

/** For parameters that belong to some operations alone. */
export function shownFor(...operations: readonly string[]): { show: { operation: string[] } } {
	return { show: { operation: [...operations] } };
}

/** As a dropdown of operations has it. */
export function optionOf({
	value,
	name,
	description,
	action,
}: InsightOperation): INodePropertyOptions & { value: string } {
	return { name, value, description, action };
}

/** For parameters that a page of earlier steps has no use for: see onePageParameters.ts. */
export const NOT_FOR_PAGE: { readonly hide: { resource: string[] } } = {
	hide: { resource: ['report'] },
};
