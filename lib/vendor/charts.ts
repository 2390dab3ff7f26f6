/**
 * What is used of Apache ECharts, bundled so that the package needs no run-time dependency. The
 * largest of the bundles: whoever draws imports it when a chart is asked for.
 */
export { BarChart, LineChart } from 'echarts/charts';
export { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
export { init, use } from 'echarts/core';
export { SVGRenderer } from 'echarts/renderers';
