import type { IExecuteFunctions } from 'n8n-workflow';
import type { AfterWriting } from '../../sync/afterWrite/afterWrite';
import { isBlank } from '../../sync/map/readFieldValue';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { collection } from '../parameters/collections';
import { choice, readText, text, toggle, type Described } from '../parameters/kinds';
import { parameter, type Parameter } from '../parameters/parameter';
import { itemParameter, parameterReader } from '../parameters/reader';
import { typesThat } from './documents';
import type { RunParameters } from './runParameters';

/** What the section After Writing holds for one item. */
export interface AfterWritingSettings {
	/** Without the files, which are read only where they are needed. */
	readonly wish: AfterWriting;
	/** Names of the item's fields with files. */
	readonly fileFields: readonly string[];
}

/** Shows an entry for the documents that Xero does it for. */
const shownFor = (able: (can: DocumentDefinition['can']) => boolean) => ({
	show: { '/document': typesThat(({ can }) => able(can)) },
});

const NO_NAMES: readonly string[] = [];

/** Names of fields: one, several with commas between, or a list of them. */
function fieldNames<const Name extends string>(
	declared: Described<Name>,
): Parameter<readonly string[], Name> {
	const property = { ...declared, type: 'string' as const, default: '' };
	return parameter(property, NO_NAMES, (given, place) => {
		const entries: unknown[] = Array.isArray(given)
			? given.filter((entry) => !isBlank(entry))
			: readText(declared.displayName, given, place).split(',');
		return entries
			.map((entry) => readText(declared.displayName, entry, place).trim())
			.filter((name) => name !== '');
	});
}

const emailChoice = choice({
	displayName: 'E-Mail to Customer',
	name: 'email',
	options: [
		{
			name: 'Never',
			value: 'never',
			description: 'Send nothing',
		},
		{
			name: 'On Every Change',
			value: 'onEveryChange',
			description: 'Let Xero send the invoice when it is new, and again whenever it changes',
		},
		{
			name: 'Once',
			value: 'once',
			description: 'Let Xero send the invoice unless it has been sent before',
		},
	],
	default: 'once',
	unset: 'never',
	description:
		'Whether Xero e-mails the invoice to its contact. Drafts are not sent: set Status to Approved.',
	displayOptions: shownFor((can) => can.beEmailed),
});

/** An expression such as `{{ $json.Send && "once" }}` gives false for never. */
const EMAIL = parameter(
	{ ...emailChoice.property, name: 'email' },
	emailChoice.unset,
	(given, place) => (given === false ? emailChoice.unset : emailChoice.read(given, place)),
);

/** What goes with a document once it is written. Every document that takes anything keeps notes. */
export const AFTER_WRITING = collection(
	{
		displayName: 'After Writing',
		name: 'afterWriting',
		placeholder: 'Add Step',
		description:
			'What to do for documents that were created or updated, each thing once. A preview only says it.',
		displayOptions: {
			show: { operation: ['preview', 'upsert'], document: typesThat(({ can }) => can.keepHistory) },
		},
	},
	[
		text({
			displayName: 'Add History Note',
			name: 'note',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. From Knack order {{ $json["Order Number"] }}',
			description: 'What to note under History and Notes. A document gets the same note once.',
			keepsSpaces: true,
		}),
		toggle({
			displayName: 'Also When Unchanged',
			name: 'alsoWhenUnchanged',
			default: true,
			unset: false,
			description:
				'Whether to make up for what is missing on documents that needed no change too. Takes a few Xero calls for each.',
		}),
		fieldNames({
			displayName: 'Attach Files',
			name: 'attachFiles',
			placeholder: 'e.g. data, photo',
			description:
				'Names of the fields of the input item that hold files, with commas between. A file larger than 10 MB is left out with a warning.',
			displayOptions: shownFor((can) => can.takeFiles),
		}),
		EMAIL,
		toggle({
			displayName: 'Return Online Invoice Link',
			name: 'onlineLink',
			default: true,
			unset: false,
			description:
				'Whether to read where the customer sees and pays the invoice. Drafts have no such page.',
			displayOptions: shownFor((can) => can.beEmailed),
		}),
		toggle({
			displayName: 'Show Files on Online Invoice',
			name: 'includeOnline',
			default: true,
			unset: false,
			description: 'Whether the customer sees the attached files with the online document',
			displayOptions: shownFor((can) => can.showFilesOnline),
		}),
	],
);

/**
 * Reads the section for one item; undefined when nothing of it is asked for. Throws SettingError for
 * what cannot be read.
 */
export function readAfterWriting(
	context: IExecuteFunctions,
	index: number,
	run: RunParameters,
): AfterWritingSettings | undefined {
	if (run.operation !== 'upsert' && run.operation !== 'preview') return undefined;
	const { can, type } = run.definition;
	const parameters = { operation: run.operation, document: type };
	const read = parameterReader(itemParameter(context, index), { parameters });
	const { attachFiles, includeOnline, email, alsoWhenUnchanged, ...section } = read(AFTER_WRITING);
	// A field of Knack that takes the link asks for it as well.
	const onlineLink =
		can.beEmailed && (section.onlineLink || Boolean(run.writeBackFields?.onlineLink));
	const note = isBlank(section.note) ? undefined : section.note;
	const isEmailed = email !== 'never';
	if (attachFiles.length === 0 && note === undefined && !isEmailed && !onlineLink) return undefined;
	return {
		fileFields: attachFiles,
		wish: {
			includeOnline,
			...(note === undefined ? {} : { note }),
			...(isEmailed ? { email } : {}),
			onlineLink,
			alsoWhenUnchanged,
		},
	};
}
