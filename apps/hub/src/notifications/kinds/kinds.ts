import type { ChannelKind } from '@hostdeck/contracts';
import { discord } from './discord';
import { email } from './email';
import { gotify } from './gotify';
import type { Kind } from './kind';
import { matrix } from './matrix';
import { ntfy } from './ntfy';
import { opsgenie } from './opsgenie';
import { pagerduty } from './pagerduty';
import { slack } from './slack';
import { teams } from './teams';
import { telegram } from './telegram';
import { webPush } from './web-push';
import { webhook } from './webhook';

/** Every kind of channel: a new one is one file and one row here. */
export const KINDS: Readonly<Record<ChannelKind, Kind>> = {
  email,
  webhook,
  slack,
  discord,
  teams,
  telegram,
  ntfy,
  gotify,
  pagerduty,
  opsgenie,
  matrix,
  web_push: webPush,
};
