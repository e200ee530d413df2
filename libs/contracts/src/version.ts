/** Version of Hostdeck: hub, agent and web are released together. */
export const HOSTDECK_VERSION = '0.1.0';
