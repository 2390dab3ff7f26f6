import { text } from '../parameters/kinds';

/** The account of what customers keep back, chosen from the organisation's chart. */
export function retentionAccount(description: string) {
	return text({
		displayName: 'Retention Account Name or ID',
		name: 'retentionAccount',
		type: 'options',
		typeOptions: {
			loadOptionsMethod: 'getAccounts',
			loadOptionsDependsOn: ['organisation.value'],
		},
		default: '',
		description: `${description} Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
	});
}
