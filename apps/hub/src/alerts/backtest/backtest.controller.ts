import { BacktestSchema, type Backtest, type BacktestAnswer } from '@hostdeck/contracts';
import { Body, Controller, Inject } from '@nestjs/common';
import { ALERT_ROUTES } from '../../openapi/alert-routes';
import { Route } from '../../openapi/route';
import { ZodPipe } from '../../problems/zod.pipe';
import { BacktestService } from './backtest.service';

@Controller()
export class BacktestController {
  constructor(@Inject(BacktestService) private readonly backtests: BacktestService) {}

  @Route(ALERT_ROUTES.backtest)
  run(@Body(new ZodPipe(BacktestSchema)) asked: Backtest): Promise<BacktestAnswer> {
    return this.backtests.run(asked);
  }
}
