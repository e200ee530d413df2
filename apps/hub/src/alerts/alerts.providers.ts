import type { Provider, Type } from '@nestjs/common';
import { BacktestController } from './backtest/backtest.controller';
import { BacktestService } from './backtest/backtest.service';
import { AlertEngine } from './engine/alert-engine';
import { StatesRepository } from './engine/states.repository';
import { TrendRecall } from './engine/trend-recall';
import { AlertsFeed } from './feed/alerts-feed';
import { IncidentsController } from './incidents/incidents.controller';
import { IncidentsRepository } from './incidents/incidents.repository';
import { IncidentsParts, IncidentsService } from './incidents/incidents.service';
import { RulesController } from './rules/rules.controller';
import { RulesRepository } from './rules/rules.repository';
import { RulesService } from './rules/rules.service';
import { SilencesController } from './silences/silences.controller';
import { SilencesRepository } from './silences/silences.repository';
import { SilencesService } from './silences/silences.service';
import { ThresholdsController } from './thresholds/thresholds.controller';

/** Rules, their evaluation, incidents and silences. */
export const ALERTS: Provider[] = [
  RulesRepository,
  RulesService,
  StatesRepository,
  TrendRecall,
  AlertEngine,
  IncidentsRepository,
  IncidentsParts,
  IncidentsService,
  SilencesRepository,
  SilencesService,
  BacktestService,
  AlertsFeed,
];

export const ALERT_CONTROLLERS: Type[] = [
  RulesController,
  BacktestController,
  IncidentsController,
  SilencesController,
  ThresholdsController,
];
