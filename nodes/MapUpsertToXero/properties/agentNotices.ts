export { agentNotices } from '../../../lib/n8n/mapUpsert/agentParameters';
