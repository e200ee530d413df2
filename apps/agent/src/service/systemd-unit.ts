/** What the unit of the agent is made of. */
export interface UnitOptions {
  /** Path of Node, and of the agent's file. */
  readonly node: string;
  readonly program: string;
  readonly stateDir: string;
}

/** Where the agent keeps its state unless told otherwise: systemd makes it then. */
const USUAL_STATE_DIR = '/var/lib/hostdeck-agent';

/** A word of a unit's line (systemd.syntax(7)), in quotes, with what would be a specifier taken for text. */
function quote(word: string): string {
  return `"${word.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%')}"`;
}

/** The same in a line that is run, where a dollar sign would begin a variable. */
function quoteRun(word: string): string {
  return quote(word).replaceAll('$', '$$$$');
}

/**
 * The unit of the agent for systemd (systemd.exec(5)). It runs as root, without which drives, containers and processes of others are
 * half blind, and with hardly more than reading left of what root may.
 */
export function systemdUnit({ node, program, stateDir }: UnitOptions): string {
  const state =
    stateDir === USUAL_STATE_DIR
      ? 'StateDirectory=hostdeck-agent\nStateDirectoryMode=0700'
      : `ReadWritePaths=${quote(stateDir)}`;
  return `[Unit]
Description=Hostdeck agent
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=${quoteRun(node)} ${quoteRun(program)} run
Environment=${quote(`HOSTDECK_STATE_DIR=${stateDir}`)}
# Other settings, one NAME=value a line.
EnvironmentFile=-/etc/hostdeck-agent.env
Restart=always
RestartSec=5
TimeoutStopSec=10
# A machine short of memory is when it is needed most.
OOMScoreAdjust=-500
${state}

UMask=0077
NoNewPrivileges=yes
# Reading everything, tracing processes for their open files, raw access to drives for their health.
CapabilityBoundingSet=CAP_DAC_READ_SEARCH CAP_SYS_PTRACE CAP_SYS_RAWIO CAP_SYS_ADMIN
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
`;
}
