import type { ChartPicture } from './line-chart-option';
import type { Palette } from './palette';
import { fullTime } from './time-labels';

/** Pixels of the image for each of the page, and room around the chart, px of the page. */
const RATIO = 2;
const EDGE = 16;
const TITLE = 44;
const LINE = 20;
const FONT = "'Inter Variable', system-ui, sans-serif";

/** What stands around the chart in its image. */
export interface ImageWords {
  readonly title: string;
  readonly host: string;
}

/** A chart with its title, time and legend as an image, as it can be shown to somebody who has no dashboard. */
export async function chartImage(
  chart: HTMLCanvasElement,
  picture: ChartPicture,
  { palette, title, host }: ImageWords & { readonly palette: Palette },
): Promise<Blob> {
  const document = chart.ownerDocument;
  const legend = picture.lines.length > 1 ? picture.lines : [];
  const canvas = document.createElement('canvas');
  canvas.width = chart.width + 2 * EDGE * RATIO;
  canvas.height = chart.height + (2 * EDGE + TITLE + legend.length * LINE) * RATIO;
  const brush = canvas.getContext('2d');
  if (brush === null) throw new Error('this browser has no canvas to draw on');
  brush.fillStyle = palette.surface;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.scale(RATIO, RATIO);
  brush.textBaseline = 'top';
  brush.fillStyle = palette.text;
  brush.font = `600 15px ${FONT}`;
  const width = chart.width / RATIO;
  brush.fillText(`${title} · ${host}`, EDGE, EDGE, width);
  brush.fillStyle = palette.muted;
  brush.font = `12px ${FONT}`;
  const span = picture.to - picture.from;
  const time = `${fullTime(picture.from, span)} – ${fullTime(picture.to, span)}`;
  brush.fillText(time, EDGE, EDGE + 22, width);
  brush.drawImage(chart, EDGE, EDGE + TITLE, width, chart.height / RATIO);
  legend.forEach(({ label, colour }, index) => {
    const top = EDGE + TITLE + chart.height / RATIO + 4 + index * LINE;
    brush.fillStyle = colour;
    brush.fillRect(EDGE, top + 6, 12, 3);
    brush.fillStyle = palette.text;
    brush.fillText(label, EDGE + 20, top, width - 20);
  });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the image could not be made'));
      else resolve(blob);
    }, 'image/png');
  });
}
