import type { Draft } from '../../../lib/sync/draft';
import type { DocumentType } from '../../../lib/xero/documents';
import type { FieldValues } from '../../../lib/xero/documents/definition';
import { type Random } from '../random';

/** Closed by the time of the undoing, and open while the run was under way. */
const LAST_MONTH = '2026-10-14';
const THIS_MONTH = '2026-11-10';
export const LOCKED_UNTIL = '2026-10-31';

const SALE: FieldValues = { accountCode: '200', taxType: 'OUTPUT2' };
const PURCHASE: FieldValues = { accountCode: '429', taxType: 'INPUT2' };

/** The records of a run, type by type, in an order in which each finds what it stands on. */
export type Run = ReadonlyArray<readonly [DocumentType, readonly Draft[]]>;

/** Of every type that can be created some, in all statuses, last month and this one. */
export function randomRun(random: Random, documents: number): Run {
	const share = (percent: number) => Math.max(2, Math.round((documents * percent) / 100));
	const many = (count: number, make: (index: number) => Omit<Draft, 'itemIndexes'>) =>
		Array.from({ length: count }, (_, index): Draft => ({ ...make(index), itemIndexes: [index] }));
	const draft = (
		type: DocumentType,
		index: number,
		fields: FieldValues,
		lines?: readonly FieldValues[],
	): Omit<Draft, 'itemIndexes'> => ({
		type,
		fields,
		...(lines ? { lines: lines.map((each) => ({ fields: each })) } : {}),
		source: { knackRecordId: `${type}-${index}`, table: 'object_2' },
		issues: [],
	});
	const price = () => `${random.int(1, 900)}.${random.pick(['00', '35', '995'])}`;
	const lines = (of: FieldValues) =>
		Array.from({ length: random.int(1, 3) }, (_, line) => ({
			description: `Part ${line + 1}`,
			quantity: String(random.int(1, 5)),
			unitAmount: price(),
			...of,
		}));
	const day = () => random.pick([LAST_MONTH, THIS_MONTH]);
	const customer = () => `Customer ${random.int(1, 6)}`;
	const header = (date = day()) => ({ 'contact.name': customer(), date });
	const status = () =>
		random.pick(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'AUTHORISED', 'AUTHORISED']);
	const invoices = many(share(20), (index) =>
		draft(
			'salesInvoice',
			index,
			{ ...header(), invoiceNumber: `U-${index}`, dueDate: '2026-12-20', status: status() },
			lines(SALE),
		),
	);
	const bills = many(share(14), (index) =>
		draft(
			'bill',
			index,
			{ ...header(), invoiceNumber: `S-${index}`, dueDate: '2026-12-20', status: status() },
			lines(PURCHASE),
		),
	);
	const approved = (of: readonly Draft[]) =>
		of.filter(({ fields }) => fields.status === 'AUTHORISED');
	const [credited, ...payable] = approved(invoices);
	const paid = payable.slice(0, Math.ceil(payable.length / 3));
	const inBatch = approved(bills).slice(0, 2);
	const contacts = many(6, (index) => draft('contact', index, { name: `Customer ${index + 1}` }));
	return [
		['contact', contacts],
		[
			'item',
			many(share(4), (index) =>
				draft('item', index, { code: `I-${index}`, name: `Item ${index}` }),
			),
		],
		[
			'trackingOption',
			many(2, (index) =>
				draft('trackingOption', index, { trackingCategoryID: 'Region', name: `Job ${index}` }),
			),
		],
		[
			'quote',
			many(share(7), (index) =>
				draft(
					'quote',
					index,
					{ ...header(), quoteNumber: `Q-${index}`, status: random.pick(['DRAFT', 'SENT']) },
					lines(SALE),
				),
			),
		],
		[
			'purchaseOrder',
			many(share(7), (index) =>
				draft(
					'purchaseOrder',
					index,
					{ ...header(), purchaseOrderNumber: `PO-${index}`, status: status() },
					lines(PURCHASE),
				),
			),
		],
		['salesInvoice', invoices],
		['bill', bills],
		[
			'salesCreditNote',
			many(share(6), (index) => {
				const isAllocated = index === 0 && credited !== undefined;
				return draft(
					'salesCreditNote',
					index,
					{
						...header(isAllocated ? THIS_MONTH : day()),
						...(isAllocated
							? {
									'contact.name': credited.fields['contact.name'] ?? '',
									'allocation.invoiceNumber': credited.fields.invoiceNumber ?? '',
									'allocation.amount': '0.50',
								}
							: {}),
						creditNoteNumber: `CNU-${index}`,
						status: isAllocated ? 'AUTHORISED' : status(),
					},
					lines(SALE),
				);
			}),
		],
		[
			'supplierCreditNote',
			many(share(4), (index) =>
				draft(
					'supplierCreditNote',
					index,
					{ ...header(), creditNoteNumber: `SCU-${index}`, status: status() },
					lines(PURCHASE),
				),
			),
		],
		[
			'bankTransaction',
			many(share(6), (index) =>
				draft(
					'bankTransaction',
					index,
					{ ...header(), type: 'SPEND', 'bankAccount.code': '090', reference: `CARD-${index}` },
					lines(PURCHASE),
				),
			),
		],
		[
			'manualJournal',
			many(share(5), (index) => {
				const amount = price().replace('995', '99');
				return draft(
					'manualJournal',
					index,
					{ date: day(), narration: `Labour ${index}`, status: random.pick(['DRAFT', 'POSTED']) },
					[
						{ description: 'to jobs', lineAmount: amount, accountCode: '429' },
						{ description: 'recovered', lineAmount: `-${amount}`, accountCode: '200' },
					],
				);
			}),
		],
		[
			'payment',
			paid.map((invoice, index) => ({
				...draft('payment', index, {
					'invoice.number': invoice.fields.invoiceNumber ?? '',
					reference: `PAY-${index}`,
					date: random.percent(80) ? '2026-11-12' : '2026-10-20',
					amount: '0.75',
					'account.code': '090',
				}),
				itemIndexes: [index],
			})),
		],
		[
			'batchPayment',
			[
				{
					...draft(
						'batchPayment',
						0,
						{ date: '2026-11-12', details: 'RUN-1', 'account.code': '090' },
						inBatch.map(({ fields }) => ({
							'invoice.id': fields.invoiceNumber ?? '',
							lineAmount: '0.60',
						})),
					),
					itemIndexes: [0],
				},
			],
		],
		[
			'project',
			many(2, (index) => draft('project', index, { contactId: 'Customer 1', name: `P ${index}` })),
		],
		[
			'projectTask',
			many(2, (index) =>
				draft('projectTask', index, {
					projectId: `P ${index}`,
					name: 'Tiling',
					chargeType: 'TIME',
					'rate.value': '45.5',
				}),
			),
		],
		[
			'timeEntry',
			many(share(3), (index) =>
				draft('timeEntry', index, {
					projectId: `P ${index % 2}`,
					taskId: 'Tiling',
					userId: 'rowan.ashby@example.com',
					dateUtc: THIS_MONTH,
					duration: '90',
					description: `Work ${index}`,
				}),
			),
		],
		[
			'timesheet',
			[
				{
					...draft(
						'timesheet',
						0,
						{ employeeID: 'ida.berg@example.com', startDate: '2026-11-18' },
						[{ date: '2026-11-17', earningsRateID: 'Ordinary Hours', numberOfUnits: '7.25' }],
					),
					itemIndexes: [0],
				},
			],
		],
	];
}
