import { createApprovalKey } from '../../../lib/sync/approval/approvalKey';
import { tokenOf } from '../../../lib/sync/approval/token';
import { instantText } from '../../../lib/dates';
import { canonicalJson } from '../../../lib/hash';
import type { Draft } from '../../../lib/sync/draft';
import type { Outcome } from '../../../lib/sync/outcome';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../../lib/sync/upsert';
import type { UpsertContext } from '../../../lib/sync/upsertContext';
import { readOrganisationSettings } from '../../../lib/xero/readSettings';
import type { OrganisationSettings } from '../../../lib/xero/settings';
import { definitionOf } from '../../support/definitionOf';
import { xeroInMemory, type XeroInMemory } from '../../support/xeroInMemory';
import { countWrites, writtenElements } from '../identity/journal';

/** A record and the settings of the node, as they are at one moment. */
export interface Given {
	readonly draft: Draft;
	readonly options: UpsertOptions;
}

export interface Ran {
	readonly outcome: Outcome;
	/** Requests that write, whatever they write. */
	readonly writes: number;
	/** What was written, comparable between runs from the same state. */
	readonly sent: string;
}

const KEY = createApprovalKey('secret of the credential', 'client of the credential');
const HOUR_MS = 3_600_000;
const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** An organisation in memory that can be put back to any moment. */
export class ApprovalWorld {
	private settings: Promise<OrganisationSettings> | undefined;

	private constructor(
		readonly xero: XeroInMemory,
		private readonly start: unknown,
	) {}

	static async make(): Promise<ApprovalWorld> {
		const xero = await xeroInMemory();
		xero.sandbox.xero.configure({ limitsOn: false });
		xero.sandbox.xero.person.seedContacts([
			{ name: 'Acme Ltd', emailAddress: 'ap@acme.example' },
			{ name: 'Bramley Ltd' },
			{ name: 'Timber Ltd' },
		]);
		return new ApprovalWorld(xero, xero.sandbox.xero.snapshot());
	}

	startOver(): void {
		this.back(this.start);
	}

	/** After a change of the organisation, and when such a one is put back. */
	forgetSettings(): void {
		this.settings = undefined;
	}

	now(): unknown {
		return this.xero.sandbox.xero.snapshot();
	}

	back(to: unknown): void {
		this.xero.sandbox.xero.startOver(to);
		this.xero.sandbox.clock.advance(1_000);
	}

	/** What Preview says of a record, with its plan number where anything would be written. */
	async preview(given: Given): Promise<Outcome> {
		const context = { ...(await this.context()), approval: this.approval(false) };
		return await this.only(previewDocuments, context, given);
	}

	/** What Approve makes of a plan number. */
	token(plan: string, hours = 24): string {
		const nowMs = this.xero.clock.now();
		return tokenOf(KEY, {
			plan,
			by: 'Ida Berg',
			at: instantText(nowMs),
			until: instantText(nowMs + hours * HOUR_MS),
		});
	}

	/** A run that writes only what the token is for. */
	async writeApproved(given: Given, token: string | undefined): Promise<Ran> {
		const { draft } = given;
		const approval = { ...draft.source.approval, ...(token === undefined ? {} : { token }) };
		const asked = { ...draft, source: { ...draft.source, approval } };
		const context = { ...(await this.context()), approval: this.approval(true) };
		return await this.observe(context, { ...given, draft: asked });
	}

	/** A run that asks for no approval. */
	async write(given: Given): Promise<Ran> {
		return await this.observe(await this.context(), given);
	}

	private approval(isRequired: boolean) {
		return { key: KEY, isRequired, creatorMustDiffer: false, isUsedOnce: false };
	}

	private async context(): Promise<UpsertContext> {
		const client = this.xero.anotherClient();
		const settings = await (this.settings ??= readOrganisationSettings(client));
		return { client, settings, clock: this.xero.clock, turns: this.xero.turns };
	}

	private async observe(context: UpsertContext, given: Given): Promise<Ran> {
		const { sandbox } = this.xero;
		const { invoices, contacts } = sandbox.xero.organisation();
		const known = new Set(JSON.stringify([invoices.all(), contacts.all()]).match(GUID) ?? []);
		sandbox.journal.clear();
		const outcome = await this.only(upsertDocuments, context, given);
		const elements = writtenElements(sandbox).map((each) =>
			// What the run itself has made has another id each time.
			canonicalJson(each).replace(GUID, (id) => (known.has(id) ? id : 'new')),
		);
		return { outcome, writes: countWrites(sandbox), sent: elements.sort().join('\n') };
	}

	private async only(
		run: typeof previewDocuments,
		context: UpsertContext,
		{ draft, options }: Given,
	): Promise<Outcome> {
		const { outcomes } = await run(context, definitionOf(draft.type), [draft], options);
		const [outcome] = outcomes;
		if (!outcome) throw new Error('There is no outcome.');
		return outcome;
	}
}
