# The agent. Build from the top of the repository:
#   docker build -f docker/agent.Dockerfile -t hostdeck-agent .
# It watches the machine it runs on, not its container, when it shares the machine's namespaces: see compose.yaml.
FROM node:20-bookworm-slim AS build
ENV SCARF_ANALYTICS=false NX_DAEMON=false NX_NO_CLOUD=true
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY apps/agent/package.json apps/agent/
COPY apps/hub/package.json apps/hub/
COPY apps/web/package.json apps/web/
COPY libs/contracts/package.json libs/contracts/
COPY libs/simulated-agent/package.json libs/simulated-agent/
# The bundle needs esbuild and the agent's packages; no native module is compiled for it.
RUN npm ci --ignore-scripts && node node_modules/esbuild/install.js
COPY . .
RUN node tools/build.mjs agent

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOSTDECK_STATE_DIR=/state
RUN install -d -o node -g node /state
WORKDIR /app
COPY --from=build /src/dist/apps/agent .
USER node
VOLUME /state
CMD ["node", "main.js", "run"]
