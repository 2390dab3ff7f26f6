import { TestEnvironment } from 'jest-environment-node';
import { startNeighbours } from '../../scripts/realN8n/neighbours';

/**
 * A Node environment that hands `startNeighbours` to its tests. The proxy behind it is made of ES
 * modules, which jest loads for an environment but not for what a test imports.
 */
export default class NeighboursEnvironment extends TestEnvironment {
	override async setup(): Promise<void> {
		await super.setup();
		this.global.startNeighbours = startNeighbours;
	}
}
