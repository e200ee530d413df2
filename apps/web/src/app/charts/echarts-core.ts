/** The parts of ECharts that our charts are made of; nothing else of it is shipped. */
import { LineChart } from 'echarts/charts';
import { AxisPointerComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, TooltipComponent, AxisPointerComponent, CanvasRenderer]);

export { connect, init, type ECharts } from 'echarts/core';
