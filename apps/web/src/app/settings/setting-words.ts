import type { AgentSettings, Selection, SettingName, SettingSource } from '@hostdeck/contracts';
import { secondsWords } from '../units/duration';
import { SETTINGS_TEXTS } from './settings.texts';

/** The value of a setting in words. */
export function settingText(name: SettingName, settings: AgentSettings): string {
  switch (name) {
    case 'interval':
    case 'watchedInterval':
      return secondsWords(settings[name]);
    case 'adaptive':
    case 'networkMounts':
      return settings[name] ? SETTINGS_TEXTS.on : SETTINGS_TEXTS.off;
    case 'disabled':
      return settings.disabled.length === 0
        ? SETTINGS_TEXTS.allCollectors
        : SETTINGS_TEXTS.collectorsOff(
            settings.disabled.map((collector) => SETTINGS_TEXTS.collectors[collector]).join(', '),
          );
    case 'mounts':
    case 'disks':
    case 'interfaces':
    case 'containers':
    case 'processes':
      return selectionText(settings[name]);
    case 'services':
      return settings.services.length === 0 ? SETTINGS_TEXTS.none : settings.services.join(', ');
    case 'commandLines':
      return SETTINGS_TEXTS.commandLines[settings.commandLines];
  }
}

function selectionText({ include, skip }: Selection): string {
  const all = include.length === 0 ? SETTINGS_TEXTS.all : SETTINGS_TEXTS.only(include.join(', '));
  return skip.length === 0 ? all : `${all}, ${SETTINGS_TEXTS.not(skip.join(', '))}`;
}

/** Where a value comes from, in words. */
export function sourceText(source: SettingSource): string {
  const { sources } = SETTINGS_TEXTS;
  return source.from === 'tag' ? sources.tag(source.tag) : sources[source.from];
}
