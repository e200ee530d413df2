/** Type tests: the compiler checks them with the rest of the library; nothing here runs. */
import { expectTypeOf } from 'expect-type';
import type { AgentToHubEvents, FrameBatch, FramesResult, Hello, HelloResult } from './agent-wire';
import type { FramesResultSchema, HelloResultSchema } from './agent-wire';
import type { HostSummary } from './hosts';
import type { Metric } from './metric';
import { METRICS, type MetricId } from './metrics';
import type { Result } from './result';
import type { SeriesAnswer, SeriesQuery } from './history';
import type { z } from 'zod';

expectTypeOf<'cpu.busy'>().toExtend<MetricId>();
expectTypeOf<'cpu.bizzy'>().not.toExtend<MetricId>();
expectTypeOf(METRICS['cpu.busy']).toEqualTypeOf<Metric>();

// What the schemas read is what the event maps say.
expectTypeOf<z.infer<typeof HelloResultSchema>>().toExtend<HelloResult>();
expectTypeOf<z.infer<typeof FramesResultSchema>>().toExtend<FramesResult>();
expectTypeOf<Parameters<AgentToHubEvents['frames']>[0]>().toEqualTypeOf<FrameBatch>();
expectTypeOf<Parameters<AgentToHubEvents['hello']>[0]>().toEqualTypeOf<Hello>();

// A result must be looked at before what it carries can be used.
expectTypeOf<Result<{ fresh: number }>>().not.toHaveProperty('fresh');
expectTypeOf<Extract<Result<{ fresh: number }>, { ok: true }>>().toHaveProperty('fresh');

// Unknown is null, never absent and never zero by default.
expectTypeOf<FrameBatch['frames'][number][2]>().toEqualTypeOf<(number | null)[]>();
expectTypeOf<HostSummary['dataAge']>().toEqualTypeOf<number | null>();
expectTypeOf<SeriesAnswer['series'][number]['points'][number][1]>().toEqualTypeOf<number | null>();
expectTypeOf<SeriesQuery['metric']>().toEqualTypeOf<MetricId[]>();
