/** Text of `--help`. */
export const USAGE = `hostdeck-agent: watches this machine and reports to a Hostdeck hub

Usage
  hostdeck-agent enroll --hub URL --token TOKEN [--tag a,b] [--force]
                          join a hub with a join token
  hostdeck-agent run      sample and report until stopped; joins by itself when HOSTDECK_HUB and HOSTDECK_TOKEN are set
  hostdeck-agent sample   print one frame of samples as JSON
  hostdeck-agent status [--json]
                          say where this agent belongs and how it is doing; exit code 1 when it is not enrolled
  hostdeck-agent processes [--limit 25] [--json]
                          print the processes that use most, as the hub would get them
  hostdeck-agent doctor [--json]
                          check everything the agent needs, and say what to do; exit code 1 when something fails
  hostdeck-agent install [--dry-run] [--root FOLDER]
                          run as a service from now on (systemd; as root, enrolled before)
  hostdeck-agent uninstall [--dry-run] [--root FOLDER]
                          stop and remove the service; what the agent knows stays
  hostdeck-agent --help | --version

Environment
  HOSTDECK_HUB         address of the hub, such as https://hub.example.com
  HOSTDECK_TOKEN       join token
  HOSTDECK_TAGS        tags for this host, with commas
  HOSTDECK_STATE_DIR   where the identity is kept (/var/lib/hostdeck-agent for root, else ~/.local/state/hostdeck-agent)
  HOSTDECK_INTERVAL    seconds between samples until the hub sets another interval, 1 to 60 (2)
  HOSTDECK_LOG_LEVEL   debug, info, warn or error (info)
`;
