import type { IExecuteFunctions } from 'n8n-workflow';
import type { AfterWriting } from '../../sync/afterWrite/afterWrite';
import { IS_EMAILED } from '../../sync/afterWrite/possibleSteps';
import { isBlank } from '../../sync/map/readFieldValue';
import { isRecord } from '../../sync/map/sampleShape';
import { z } from '../../vendor/zod';
import type { RunParameters } from './runParameters';

/** What the section After Writing holds for one item. */
export interface AfterWritingSettings {
	/** Without the files, which are read only where they are needed. */
	readonly wish: AfterWriting;
	/** Names of the item's fields with files. */
	readonly fileFields: readonly string[];
}

/** An expression may give a switch as text. */
const switchSchema = z.union([z.boolean(), z.string().transform((text) => text === 'true')]);
const isOn = switchSchema.catch(false);
const text = z
	.union([z.string(), z.number().transform(String)])
	.optional()
	.catch(undefined);

const sectionSchema = z
	.object({
		attachFiles: z.unknown(),
		includeOnline: isOn,
		note: text,
		email: z.unknown(),
		onlineLink: isOn,
		alsoWhenUnchanged: isOn,
	})
	.partial();

/**
 * Reads the section for one item; undefined when nothing of it is asked for. What makes no sense is
 * a sentence under `problems`: the document is written all the same.
 */
export function readAfterWriting(
	context: IExecuteFunctions,
	index: number,
	run: RunParameters,
): AfterWritingSettings | undefined {
	if (run.operation !== 'upsert' || run.isPreview) return undefined;
	const stored: unknown = context.getNodeParameter('afterWriting', index, {});
	const section = sectionSchema.parse(isRecord(stored) ? stored : {});
	const fileFields = namesIn(section.attachFiles);
	const email = whenToEmail(section.email);
	const isEmailed = IS_EMAILED.has(run.definition.type);
	// A field of Knack that takes the link asks for it as well.
	const onlineLink = isEmailed && (section.onlineLink || Boolean(run.writeBackFields?.onlineLink));
	const note = isBlank(section.note) ? undefined : section.note;
	const problems = email === 'unclear' ? [unclearEmail(section.email)] : [];
	const isAsked = fileFields.length > 0 || note !== undefined || email !== undefined || onlineLink;
	if (!isAsked) return undefined;
	return {
		fileFields,
		wish: {
			includeOnline: section.includeOnline ?? false,
			...(note === undefined ? {} : { note }),
			...(email === undefined || email === 'unclear' || !isEmailed ? {} : { email }),
			onlineLink,
			alsoWhenUnchanged: section.alsoWhenUnchanged ?? false,
			problems,
		},
	};
}

/** Names of fields: one, several with commas between, or a list of them. */
function namesIn(value: unknown): string[] {
	const entries = Array.isArray(value) ? value : String(value ?? '').split(',');
	return entries.map((entry) => String(entry ?? '').trim()).filter((name) => name !== '');
}

function whenToEmail(value: unknown): AfterWriting['email'] | 'unclear' {
	if (value === 'once' || value === 'onEveryChange') return value;
	return isBlank(value) || value === 'never' || value === false ? undefined : 'unclear';
}

function unclearEmail(value: unknown): string {
	return `No e-mail was sent: E-Mail to Customer is "${String(value)}", and can be once, onEveryChange or never.`;
}
