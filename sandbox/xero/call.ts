import type { Answer } from './failures';
import type { Reading } from './input';
import type { JsonObject } from './json';
import type { Ledger } from './ledger';
import type { TwinSettings } from './settings';
import { dateInZone } from './xeroDates';
import type { AppRow, World } from './world';

/** Stands for the app where it is a person who acts. */
export const PERSON_CLIENT_ID = 'person';

/** One authorised request to an organisation's books, as a route handler sees it. */
export class Call {
	/** Remarks on elements that were accepted, by the row they are about. */
	readonly warnings = new Map<string, string[]>();
	private readonly parameters = new Map<string, string>();

	constructor(
		readonly world: World,
		readonly ledger: Ledger,
		readonly app: AppRow,
		readonly request: {
			readonly method: string;
			readonly query: URLSearchParams;
			readonly params: Readonly<Record<string, string>>;
			readonly bytes: Uint8Array;
			readonly accept: string;
			readonly contentType: string;
			readonly ifModifiedSince?: string;
		},
	) {
		for (const [name, value] of request.query) {
			if (value !== '') this.parameters.set(name.toLowerCase(), value);
		}
	}

	get settings(): TwinSettings {
		return this.world.settings.value;
	}

	get body(): string {
		return new TextDecoder().decode(this.request.bytes);
	}

	/** Decimal places of unit prices: 2, or 4 with `unitdp=4`. */
	get unitDecimalPlaces(): number {
		return this.query('unitdp') === '4' ? 4 : 2;
	}

	/** Whether a person does it on Xero's own screen, and not an app. */
	get isPerson(): boolean {
		return this.app.clientId === PERSON_CLIENT_ID;
	}

	get reading(): Reading {
		return { blankNumberIsRefused: this.settings.blankNumber === 'refused' };
	}

	get wantsPdf(): boolean {
		return this.request.accept.includes('application/pdf');
	}

	query(name: string): string | undefined {
		return this.parameters.get(name.toLowerCase());
	}

	/** A comma-separated list; undefined when it was not sent. */
	queryList(name: string): string[] | undefined {
		const value = this.query(name);
		if (value === undefined) return undefined;
		return value
			.split(',')
			.map((member) => member.trim())
			.filter((member) => member !== '');
	}

	/** Xero reads only the lower-case words. */
	queryFlag(name: string): boolean {
		return this.query(name) === 'true';
	}

	param(name: string): string {
		return this.request.params[name] ?? '';
	}

	now(): number {
		return this.world.now();
	}

	/** Today where the organisation is. */
	today(): string {
		return dateInZone(this.now(), this.ledger.info.value.ianaZone);
	}

	guid(): string {
		return this.world.ids.guid();
	}

	warn(rowId: string, message: string): void {
		const said = this.warnings.get(rowId);
		if (said) said.push(message);
		else this.warnings.set(rowId, [message]);
	}

	/** The envelope around what the Accounting API answers. */
	envelope(payload: JsonObject): Answer {
		return {
			status: 200,
			json: {
				Id: this.guid(),
				Status: 'OK',
				ProviderName: this.app.name,
				DateTimeUTC: `/Date(${this.now()})/`,
				...payload,
			},
		};
	}
}
