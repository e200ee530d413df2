import {
  AlertOverrideSchema,
  AlertRuleChangeSchema,
  AlertSettingsChangeSchema,
  IdSchema,
  NewAlertRuleSchema,
  OverrideQuerySchema,
  type AlertOverride,
  type AlertRule,
  type AlertRuleChange,
  type AlertRuleDefinition,
  type AlertSettings,
  type List,
  type OverrideTarget,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { AuditRepository, type AuditEntry } from '../../auth/audit.repository';
import type { Identity } from '../../auth/auth.service';
import { ClientAddress, CurrentIdentity } from '../../auth/request';
import { CLOCK, type Clock } from '../../config/tokens';
import { ALERT_ROUTES } from '../../openapi/alert-routes';
import { Route } from '../../openapi/route';
import { ZodPipe } from '../../problems/zod.pipe';
import type { StoredRule } from './effective-rule';
import { placeOf } from './rules.repository';
import { RulesService } from './rules.service';

@Controller()
export class RulesController {
  constructor(
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ALERT_ROUTES.listAlertRules)
  list(): List<AlertRule> {
    return { items: this.rules.all().map(toRule) };
  }

  @Route(ALERT_ROUTES.getAlertRule)
  get(@Param('id', new ZodPipe(IdSchema)) id: string): AlertRule {
    return toRule(this.rules.get(id));
  }

  @Route(ALERT_ROUTES.createAlertRule)
  async create(
    @Body(new ZodPipe(NewAlertRuleSchema)) definition: AlertRuleDefinition,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<AlertRule> {
    const rule = await this.rules.create(definition);
    await this.record('alert_rule_created', { rule }, { actor: user.username, address });
    return toRule(rule);
  }

  @Route(ALERT_ROUTES.changeAlertRule)
  async change(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(AlertRuleChangeSchema)) change: AlertRuleChange,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<AlertRule> {
    const rule = await this.rules.change(id, change);
    await this.record('alert_rule_changed', { rule }, { actor: user.username, address });
    return toRule(rule);
  }

  @Route(ALERT_ROUTES.removeAlertRule)
  async remove(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<void> {
    const rule = await this.rules.remove(id);
    await this.record('alert_rule_removed', { rule }, { actor: user.username, address });
  }

  @Route(ALERT_ROUTES.setAlertOverride)
  async override(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(AlertOverrideSchema)) override: AlertOverride,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<AlertRule> {
    const rule = await this.rules.override(id, override);
    const { target } = override;
    await this.record('alert_override_set', { rule, target }, { actor: user.username, address });
    return toRule(rule);
  }

  @Route(ALERT_ROUTES.removeAlertOverride)
  async removeOverride(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Query(new ZodPipe(OverrideQuerySchema)) target: OverrideTarget,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<void> {
    const rule = await this.rules.removeOverride(id, target);
    const who = { actor: user.username, address };
    await this.record('alert_override_removed', { rule, target }, who);
  }

  @Route(ALERT_ROUTES.alertSettings)
  settings(): AlertSettings {
    return this.rules.settings;
  }

  @Route(ALERT_ROUTES.changeAlertSettings)
  async changeSettings(
    @Body(new ZodPipe(AlertSettingsChangeSchema))
    change: z.output<typeof AlertSettingsChangeSchema>,
    @CurrentIdentity() { user }: Identity,
    @ClientAddress() address: string,
  ): Promise<AlertSettings> {
    const { settings } = this.rules;
    const changed = {
      groupPrefix: change.groupPrefix ?? settings.groupPrefix,
      groupWait: change.groupWait ?? settings.groupWait,
    };
    await this.rules.changeSettings(changed);
    await this.audit.record({
      at: this.now(),
      actor: user.username,
      address,
      action: 'alert_settings_changed',
      detail: changed,
    });
    return changed;
  }

  private record(
    action: AuditEntry['action'],
    { rule, target }: { readonly rule: StoredRule; readonly target?: OverrideTarget },
    who: Pick<AuditEntry, 'actor' | 'address'>,
  ): Promise<void> {
    const place = target === undefined ? {} : placeOf(target);
    const detail = { id: rule.id, name: rule.definition.name, ...place };
    return this.audit.record({ at: this.now(), ...who, action, detail });
  }
}

function toRule({ id, definition, isDefault, overrides, ...times }: StoredRule): AlertRule {
  return { id, ...definition, isDefault, overrides: [...overrides], ...times };
}
