import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { KnackField } from '../../knack/app';
import { filterFamily, type FilterFamily } from '../../knack/filters';
import { fieldLabel } from '../../knack/tables';
import { openTable } from '../knackPickers';
import { optionsInWords } from '../pickerWords';

type ListMethod = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Fields of a Knack table that an insight names besides the node's own. */
function fieldsOf(tableParameter: string, family?: FilterFamily): ListMethod {
	const isOffered = ({ type }: KnackField) =>
		type !== 'password' && (family === undefined || filterFamily(type) === family);
	return async function (this: ILoadOptionsFunctions) {
		return await optionsInWords(this, async () => {
			const open = await openTable(this, tableParameter);
			if (!open) return [];
			const { table } = open;
			return table.fields
				.filter(isOffered)
				.map((field) => ({ name: fieldLabel(table, field), value: field.key }));
		});
	};
}

export const getHealthAmountFields = fieldsOf('healthTable', 'number');
export const getHealthFields = fieldsOf('healthTable');
export const getPlannedAmountFields = fieldsOf('plannedTable', 'number');
export const getPlannedDateFields = fieldsOf('plannedTable', 'date');
export const getPlannedFields = fieldsOf('plannedTable');
export const getUnbilledAmountFields = fieldsOf('unbilledTable', 'number');
export const getUnbilledDateFields = fieldsOf('unbilledTable', 'date');
export const getUnbilledFields = fieldsOf('unbilledTable');
