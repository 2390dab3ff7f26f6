/** big.js, bundled into the published package so that it needs no run-time dependency. */
import Big from 'big.js';

export { Big };
