import { decimal } from '../../lib/money';
import { createGuardMemory } from '../../lib/sync/guard/guardMemory';
import type { GuardSettings } from '../../lib/sync/guard/guardSettings';
import { ledger, openWorld, run, sale, sent } from '../support/guardedRuns';

/** Xero sends 1,000 e-mails of an organisation in a day. */
const MOST_EMAILS = 900;

/**
 * One workflow that has run away with so many records: the first hundred go over, and all the others
 * once they are ticked, of which the first 900 are to be e-mailed. @returns what was wrong
 */
export async function proveRunaway(records: number): Promise<readonly string[]> {
	const world = await openWorld();
	const most = 100;
	const guards: Partial<GuardSettings> = {
		limits: { run: { documents: decimal(most) }, day: { emails: decimal(most) } },
		emails: { isFirstLoadSent: true, isOldPaidOrZeroSent: false },
	};
	const drafts = (isLetGo: boolean) =>
		Array.from({ length: records }, (_, index) =>
			sale(index, { isEmailed: index < MOST_EMAILS, isLetGo }),
		);
	const wrong: string[] = [];
	const expectLedger = (documents: number, when: string) => {
		const { invoices, contacts, emails, numbers } = ledger(world);
		const found = [invoices, contacts, new Set(numbers).size];
		const isRight = found.every((count) => count === documents);
		if (!isRight || emails !== Math.min(documents, MOST_EMAILS)) {
			wrong.push(`${when}: ${[...found, emails].join(', ')}`);
		}
	};
	await run(world, guards, drafts(false));
	expectLedger(Math.min(most, records), 'after the run');
	world.sandbox.journal.clear();
	await run(world, guards, drafts(true));
	expectLedger(records, 'after the tick');
	return wrong;
}

const DAY_MS = 86_400_000;
const MOST_A_DAY = 100;
const TICKED_A_DAY = 800;

/**
 * One workflow that is about to e-mail so many customers: a hundred of them a day, nothing is posted of
 * those that are held, and each is posted and e-mailed once on the day of its tick.
 * @returns what was wrong
 */
export async function proveEmails(records: number): Promise<readonly string[]> {
	const world = await openWorld();
	const guards: Partial<GuardSettings> = {
		limits: { run: {}, day: { emails: decimal(MOST_A_DAY) } },
		emails: { isFirstLoadSent: true, isOldPaidOrZeroSent: true },
		hasLetGo: true,
	};
	const memory = createGuardMemory();
	const wrong: string[] = [];
	let requests = 0;
	for (let ticked = 0; ticked < records + TICKED_A_DAY; ticked += TICKED_A_DAY) {
		const before = ledger(world).emails;
		const drafts = Array.from({ length: records }, (_, index) =>
			sale(index, { isEmailed: true, isLetGo: index < ticked }),
		);
		await run(world, guards, drafts, { memory });
		const { invoices, contacts, emails, numbers } = ledger(world);
		const when = `with ${ticked} ticked`;
		const found = [contacts, new Set(numbers).size, emails];
		if (!found.every((count) => count === invoices)) {
			wrong.push(`${when}: ${invoices} documents, ${found.join(', ')}`);
		}
		const isTickHeeded = emails >= Math.min(ticked, records);
		const most = ticked === 0 ? MOST_A_DAY : MOST_A_DAY + TICKED_A_DAY;
		if (emails - before > most || !isTickHeeded) {
			wrong.push(`${when}: ${emails - before} more e-mails, ${emails} in all`);
		}
		requests += (sent(world).match(/POST \S+\/Email /g) ?? []).length;
		world.sandbox.journal.clear();
		world.sandbox.clock.advance(DAY_MS);
	}
	const { emails } = ledger(world);
	if (emails !== records || requests !== records) {
		wrong.push(`${emails} e-mails by ${requests} requests in the end`);
	}
	return wrong;
}
