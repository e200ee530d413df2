# The hub, with the web app and the agent it hands out. Build from the top of the repository:
#   docker build -f docker/hub.Dockerfile -t hostdeck-hub .
FROM node:20-bookworm-slim AS build
# sqlite3 is compiled where no ready binary fits.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
ENV SCARF_ANALYTICS=false NG_CLI_ANALYTICS=false NX_DAEMON=false NX_NO_CLOUD=true
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY apps/agent/package.json apps/agent/
COPY apps/hub/package.json apps/hub/
COPY apps/web/package.json apps/web/
COPY libs/contracts/package.json libs/contracts/
COPY libs/simulated-agent/package.json libs/simulated-agent/
RUN npm ci
COPY . .
RUN npx nx run-many -t build -p hub,agent,web
# What the hub needs at run time, and nothing else.
RUN npm ci --omit=dev --workspace apps/hub

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOSTDECK_HOST=0.0.0.0 HOSTDECK_DATA_DIR=/data
RUN install -d -o node -g node /data
WORKDIR /app
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/dist/apps dist/apps
USER node
VOLUME /data
EXPOSE 4680
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.HOSTDECK_PORT||4680)+'/api/health').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# The space for young objects is kept small, and old garbage is collected before much of it gathers: it costs a little CPU and saves some
# 100 MB under a thousand agents.
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=30", "dist/apps/hub/main.js"]
