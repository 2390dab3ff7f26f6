import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isNumbered, type Numbering } from '../../sync/map/numbering';
import { z } from '../../vendor/zod';
import type { DocumentDefinition } from '../../xero/documents/definition';

export { isNumbered, withoutNumber, type Numbering } from '../../sync/map/numbering';

const sourceSchema = z.enum(['asMapped', 'byTemplate', 'byXero']).catch('asMapped');

/** Reads what the node is set to; throws where a template is wanted and none is given. */
export function readNumbering(
	context: IExecuteFunctions,
	definition: DocumentDefinition,
): Numbering {
	if (!isNumbered(definition)) return { by: 'mapping' };
	const source = sourceSchema.parse(context.getNodeParameter('numberSource', 0, 'asMapped'));
	if (source === 'asMapped') return { by: 'mapping' };
	if (source === 'byXero') return { by: 'xero' };
	const template = context.getNodeParameter('numberTemplate', 0, '');
	if (typeof template === 'string' && template.trim() !== '') return { by: 'template', template };
	throw new NodeOperationError(context.getNode(), 'The number template is empty', {
		description: 'Write one under Number Template, such as JOB-{Job Number}.',
	});
}
