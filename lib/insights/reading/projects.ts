import type { Decimal } from '../../money';
import { z } from '../../vendor/zod';
import type { WireElement } from '../../xero/documents/definition';
import { takePages } from '../../xero/pages';
import { bookList } from './books';
import { optionalAmount, readStrictly, wireId, wireText } from './strictly';

/** A project as Xero Projects states it today, in its own currency; undefined for what it leaves out. */
export interface BookedProject {
	readonly id: string;
	readonly name: string;
	readonly contactId: string | undefined;
	readonly status: 'INPROGRESS' | 'CLOSED' | undefined;
	readonly currency: string;
	readonly minutesLogged: number | undefined;
	readonly minutesToBeInvoiced: number | undefined;
	readonly amounts: Readonly<Partial<Record<ProjectAmount, Decimal>>>;
}

/** By Xero's own names. */
type ProjectAmount =
	| 'estimate'
	| 'totalTaskAmount'
	| 'totalExpenseAmount'
	| 'taskAmountInvoiced'
	| 'expenseAmountInvoiced'
	| 'projectAmountInvoiced'
	| 'deposit'
	| 'depositApplied'
	| 'creditNoteAmount'
	| 'totalInvoiced'
	| 'totalToBeInvoiced';

const minutes = z
	.number()
	.int()
	.nonnegative()
	.nullish()
	.transform((count) => count ?? undefined);

const projectElement = z.object({
	projectId: wireId,
	name: z.string().min(1),
	contactId: z
		.string()
		.nullish()
		.transform((id) => id?.toLowerCase()),
	status: z
		.enum(['INPROGRESS', 'CLOSED'])
		.nullish()
		.transform((status) => status ?? undefined),
	currencyCode: z.string().length(3),
	minutesLogged: minutes,
	minutesToBeInvoiced: minutes,
});

/** An amount in another currency than its project's is not readable: nothing may be added to it. */
function amountElement(currency: string) {
	return z
		.object({ currency: wireText, value: optionalAmount })
		.nullish()
		.refine((amount) => !amount?.currency || amount.currency === currency)
		.transform((amount) => amount?.value ?? undefined);
}

function readProject(element: WireElement): BookedProject {
	const read = readStrictly(projectElement, element, '/Projects', element.name);
	const amount = amountElement(read.currencyCode);
	const shape: Readonly<Record<ProjectAmount, typeof amount>> = {
		estimate: amount,
		totalTaskAmount: amount,
		totalExpenseAmount: amount,
		taskAmountInvoiced: amount,
		expenseAmountInvoiced: amount,
		projectAmountInvoiced: amount,
		deposit: amount,
		depositApplied: amount,
		creditNoteAmount: amount,
		totalInvoiced: amount,
		totalToBeInvoiced: amount,
	};
	return {
		id: read.projectId,
		name: read.name,
		contactId: read.contactId,
		status: read.status,
		currency: read.currencyCode,
		minutesLogged: read.minutesLogged,
		minutesToBeInvoiced: read.minutesToBeInvoiced,
		amounts: readStrictly(z.object(shape), element, '/Projects', read.name),
	};
}

/** The largest page of the Projects API. */
const PAGE_SIZE = 500;

/** Every project, in progress or closed, each once: the API takes no order. */
export const projects = bookList(async ({ client }): Promise<readonly BookedProject[]> => {
	const byId = new Map<string, BookedProject>();
	const request = {
		api: 'projects',
		path: '/Projects',
		listName: 'items',
		pageSize: PAGE_SIZE,
		takesPageSize: true,
	} as const;
	await takePages(client, request, (elements) => {
		for (const project of elements.map(readProject)) byId.set(project.id, project);
	});
	return [...byId.values()];
});
