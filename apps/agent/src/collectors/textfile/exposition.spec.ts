import { customSeries } from './custom-series';
import { ExpositionError, parseExposition } from './exposition';

const series = (text: string) => parseExposition(text).map(customSeries);

describe("Prometheus' text format", () => {
  it('is read as node_exporter reads it', () => {
    const text = `# HELP backup_size_bytes Size of the last \\n backup
# TYPE backup_size_bytes gauge
backup_size_bytes{job="nightly",path="C:\\\\DIR\\\\\\"x\\"\\nend",} 1.5e+09
# a remark
  temperature { room = "attic" }   -3.25
# TYPE requests_total counter
requests_total 42
nothing NaN
above +Inf
below -inf

`;
    expect(parseExposition(text)).toEqual([
      {
        name: 'backup_size_bytes',
        labels: [
          ['job', 'nightly'],
          ['path', 'C:\\DIR\\"x"\nend'],
        ],
        value: 1.5e9,
        type: 'gauge',
      },
      { name: 'temperature', labels: [['room', 'attic']], value: -3.25, type: 'untyped' },
      { name: 'requests_total', labels: [], value: 42, type: 'counter' },
      { name: 'nothing', labels: [], value: null, type: 'untyped' },
      { name: 'above', labels: [], value: null, type: 'untyped' },
      { name: 'below', labels: [], value: null, type: 'untyped' },
    ]);
  });

  it.each([
    ['a 1', 'line 1: the line does not end'],
    ['a 1 1700000000000\n', 'line 1: a has a timestamp, which files must not have'],
    ['# HELP a x\n\na 1\na 1\n', 'line 4: a is there twice with the same labels'],
    ['a{x="1",y="2"} 1\na{y="2",x="1"} 1\n', 'line 2: a is there twice with the same labels'],
    ['a{x="1",x="2"} 1\n', 'line 1: the label x of a is there twice or reserved'],
    ['a{__name__="b"} 1\n', 'line 1: the label __name__ of a is there twice or reserved'],
    ['# TYPE a gauge\n# TYPE a gauge\n', 'line 2: a second TYPE line for a'],
    ['# HELP a x\n# HELP a y\n', 'line 2: a second HELP line for a'],
    ['a 1\n# TYPE a gauge\n', 'line 2: the TYPE line of a is behind a sample'],
    ['# TYPE a gouge\n', 'line 1: unknown type of a'],
    ['1a 1\n', 'line 1: expected the name of a metric'],
    ['a-b 1\n', 'line 1: the name of a metric has a character that it must not have'],
    ['a\n', 'line 1: a has no value'],
    ['a one\n', 'line 1: the value of a is no number'],
    ['a 1 2 3\n', 'line 1: something is behind the value of a'],
    ['a{x="1} 1\n', 'line 1: a label of a can not be read'],
    ['a{x="1" y="2"} 1\n', 'line 1: the labels of a do not end'],
    ['a{x="\\t"} 1\n', 'line 1: a label of a has an escape other than \\\\, \\" and \\n'],
    ['root:$6$secret:19000:0:99999:7:::\n', 'line 1: root:$'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => parseExposition(text)).toThrow(ExpositionError);
    if (!message.endsWith('$')) expect(() => parseExposition(text)).toThrow(message);
    // What a file says is not told on: it may be another file than it should be.
    expect(() => parseExposition(text)).not.toThrow('secret');
  });
});

describe('a custom series', () => {
  it.each([
    ['# TYPE a gauge\na 1\n', 'custom.gauge', 'a'],
    ['a{y="2",x="1"} 1\n', 'custom.gauge', 'a{x="1",y="2"}'],
    ['a{x="1\\\\2\\"3\\n4"} 1\n', 'custom.gauge', 'a{x="1\\\\2\\"3\\n4"}'],
    ['disk_free_bytes 1\n', 'custom.bytes', 'disk_free_bytes'],
    ['probe_duration_seconds 1\n', 'custom.seconds', 'probe_duration_seconds'],
    [
      'backup_last_success_timestamp_seconds 1\n',
      'custom.gauge',
      'backup_last_success_timestamp_seconds',
    ],
    ['hit_ratio 1\n', 'custom.ratio', 'hit_ratio'],
    ['# TYPE a counter\na 1\n', 'custom.rate', 'a'],
    ['jobs_total 1\n', 'custom.rate', 'jobs_total'],
    ['sent_bytes_total 1\n', 'custom.byte_rate', 'sent_bytes_total'],
    ['# TYPE l summary\nl{quantile="0.9"} 1\n', 'custom.gauge', 'l{quantile="0.9"}'],
    ['# TYPE l summary\nl_count 1\n', 'custom.rate', 'l_count'],
  ])('of %j is %s{%s}', (text, metric, instance) => {
    expect(series(text)).toMatchObject([{ metric, instance }]);
  });

  it('is not made of the buckets of a histogram, of which sum and count stay', () => {
    const text =
      '# TYPE h_bytes histogram\nh_bytes_bucket{le="1"} 3\nh_bytes_sum 9\nh_bytes_count 3\n';
    expect(series(text)).toMatchObject([
      'skipped',
      { metric: 'custom.byte_rate', instance: 'h_bytes_sum' },
      { metric: 'custom.rate', instance: 'h_bytes_count' },
    ]);
  });

  it('has a name that is safe to show, and is refused when it is too long', () => {
    expect(series('a{x="<b>\u202e"} 1\n')).toMatchObject([{ instance: 'a{x="<b>\ufffd"}' }]);
    expect(series(`a{x="${'y'.repeat(200)}"} 1\n`)).toEqual(['too long']);
  });
});
