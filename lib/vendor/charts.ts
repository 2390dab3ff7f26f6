/**
 * What is used of D3, bundled so that the package needs no run-time dependency: where a figure
 * stands in a drawing, which marks an axis has, and how a line goes.
 */
export { scaleBand, scaleLinear, scalePoint } from 'd3-scale';
export { line } from 'd3-shape';
