/**
 * The words every room shares: mode, source, time, headers, secrets and refusals. Nothing here knows OkHttp, and nothing here depends
 * on another package of the API.
 */
@NullMarked
package dev.gateway4j.api;

import org.jspecify.annotations.NullMarked;
