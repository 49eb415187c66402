// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import com.sforce.soap.partner.DeletedRecord;
import com.sforce.soap.partner.DescribeSObjectResult;
import com.sforce.soap.partner.GetDeletedResult;
import com.sforce.soap.partner.GetUpdatedResult;
import com.sforce.soap.partner.GetUserInfoResult;
import com.sforce.soap.partner.LimitInfo;
import com.sforce.soap.partner.LimitInfoHeader_element;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.SearchRecord;
import com.sforce.soap.partner.UpsertResult;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.Priority;
import io.cordboard.http.VendorHttp;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An organisation by SOAP, through the vendor's library. The library is not safe for use by many threads and keeps
 * headers from one request to the next, so each request has a connection object of its own; the sockets are shared.
 */
final class WscApi implements SalesforceApi {
    /** The library knows the words of this version; another one may answer words that it does not know. */
    private static final String PATH = "services/Soap/u/65.0";

    private final SalesforceAccess access;
    private final VendorHttp http;
    private final SalesforceWire wire;
    private final AccountBudget budget;
    private final DailyBudget day;
    private final Pulse pulse;
    private final int batch;

    WscApi(SalesforceAccess access, VendorHttp http, Traffic traffic, Pulse pulse, int batch) {
        this.access = access;
        this.http = http;
        this.wire = http.service(SalesforceWire.class);
        this.budget = traffic.budget();
        this.day = traffic.day();
        this.pulse = pulse;
        this.batch = batch;
    }

    @Override
    public Rows query(Priority priority, String soql) {
        return ask(priority, connection -> {
            connection.setQueryOptions(batch);
            return WscValues.rows(connection.query(soql));
        });
    }

    @Override
    public Rows queryMore(Priority priority, String locator) {
        return ask(priority, connection -> {
            connection.setQueryOptions(batch);
            return WscValues.rows(connection.queryMore(locator));
        });
    }

    @Override
    public List<Row> search(Priority priority, String sosl) {
        return ask(priority, connection -> {
            List<Row> rows = new ArrayList<>();
            for (SearchRecord found : connection.search(sosl).getSearchRecords()) {
                rows.add(WscValues.row(found.getRecord()));
            }
            return rows;
        });
    }

    @Override
    public List<Saved> create(List<Draft> drafts, Options options) {
        return write(options, connection -> saved(connection.create(WscValues.write(drafts))));
    }

    @Override
    public List<Saved> update(List<Draft> drafts, Options options) {
        return write(options, connection -> saved(connection.update(WscValues.write(drafts))));
    }

    @Override
    public List<Saved> upsert(String keyField, List<Draft> drafts, Options options) {
        return write(options, connection -> {
            List<Saved> all = new ArrayList<>();
            for (UpsertResult result : connection.upsert(keyField, WscValues.write(drafts))) {
                all.add(WscValues.saved(result.getId(), result.isSuccess(), result.getErrors()));
            }
            return all;
        });
    }

    private static List<Saved> saved(SaveResult[] results) {
        List<Saved> all = new ArrayList<>();
        for (SaveResult result : results) {
            all.add(WscValues.saved(result.getId(), result.isSuccess(), result.getErrors()));
        }
        return all;
    }

    @Override
    public Changes updated(String type, Instant from, Instant to) {
        return ask(Priority.SYNC, connection -> {
            GetUpdatedResult result = connection.getUpdated(type, WscValues.calendar(from), WscValues.calendar(to));
            return new Changes(Set.of(result.getIds()), WscValues.instant(result.getLatestDateCovered()));
        });
    }

    @Override
    public Changes deleted(String type, Instant from, Instant to) {
        return ask(Priority.SYNC, connection -> {
            GetDeletedResult result = connection.getDeleted(type, WscValues.calendar(from), WscValues.calendar(to));
            Set<String> ids = new LinkedHashSet<>();
            for (DeletedRecord gone : result.getDeletedRecords()) {
                ids.add(gone.getId());
            }
            return new Changes(ids, WscValues.instant(result.getLatestDateCovered()));
        });
    }

    @Override
    public Map<String, Shape> describe(List<String> types) {
        return ask(Priority.DELIVERY, connection -> {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            for (DescribeSObjectResult result : connection.describeSObjects(types.toArray(String[]::new))) {
                shapes.put(result.getName(), WscValues.shape(result));
            }
            return shapes;
        });
    }

    @Override
    public Instant serverTime() {
        return ask(
                Priority.SYNC,
                connection -> WscValues.instant(connection.getServerTimestamp().getTimestamp()));
    }

    @Override
    public Me me() {
        return ask(Priority.SYNC, connection -> {
            GetUserInfoResult user = connection.getUserInfo();
            return new Me(
                    user.getUserId(),
                    user.getUserName(),
                    user.getOrganizationName(),
                    user.getUserTimeZone(),
                    user.getSessionSecondsValid());
        });
    }

    private <T> T ask(Priority priority, Question<T> question) {
        return budget.ask(priority, () -> once(priority, Options.PLAIN, question));
    }

    private <T> T write(Options options, Question<T> question) {
        return budget.run(Priority.DELIVERY, () -> once(Priority.DELIVERY, options, question));
    }

    /** A session that has ended is the one failure after which nothing was done for sure: asked again once. */
    private <T> T once(Priority priority, Options options, Question<T> question) {
        try {
            SalesforceAccess.Session session = access.session();
            try {
                return send(priority, session, options, question);
            } catch (ConnectorException e) {
                if (isGone(e)) {
                    return send(priority, elsewhere(session, e), options, question);
                }
                if (!FaultCode.of(e).equals(WscFaults.INVALID_SESSION)) {
                    throw e;
                }
                return send(priority, access.renewed(session), options, question);
            }
        } catch (ConnectorException e) {
            ConnectorException failure = FaultCode.of(e).equals(WscFaults.INVALID_SESSION) ? access.neverTaken(e) : e;
            pulse.failed(failure);
            throw failure;
        }
    }

    /** Nobody was reached, or somebody who is no organisation: nothing was done for sure either. */
    private static boolean isGone(ConnectorException e) {
        return FaultCode.of(e).equals(FaultCode.NOBODY)
                || (e.reason() == Reason.UNAVAILABLE && e.getCause() instanceof IOException);
    }

    private SalesforceAccess.Session elsewhere(SalesforceAccess.Session gone, ConnectorException why) {
        try {
            return access.moved(gone).orElseThrow(() -> why);
        } catch (ConnectorException e) {
            if (e != why) {
                why.addSuppressed(e);
            }
            throw why;
        }
    }

    private <T> T send(Priority priority, SalesforceAccess.Session session, Options options, Question<T> question) {
        day.spend(priority);
        try {
            PartnerConnection connection = connection(session, options);
            T answer = question.ask(connection);
            limits(connection.getLimitInfoHeader());
            access.taken();
            pulse.answered();
            return answer;
        } catch (ConnectionException e) {
            ConnectorException failure = WscFaults.read(e);
            // A limit of searches is none of deliveries.
            if (failure.reason() == Reason.RATE_LIMITED
                    && !FaultCode.of(failure).equals(WscFaults.TOO_MANY_SEARCHES)) {
                failure.retryAfter().ifPresent(budget::pause);
            }
            throw failure;
        }
    }

    /** Never by the library's own factory, whose default address is none of the vendor's public ones. */
    private PartnerConnection connection(SalesforceAccess.Session session, Options options) throws ConnectionException {
        ConnectorConfig config = new ConnectorConfig();
        config.setManualLogin(true);
        config.setSessionId(session.token());
        config.setServiceEndpoint(session.instance().resolve("/" + PATH).toString());
        config.setCompression(false);
        config.setTransportFactory(() -> new WscTransport(http, wire));
        PartnerConnection connection = new PartnerConnection(config);
        connection.setCallOptions("Cordboard/0.1", null);
        connection.setAllowFieldTruncationHeader(true);
        connection.setDuplicateRuleHeader(options.allowDuplicates(), true, true);
        connection.setMruHeader(false);
        if (options.assignmentRule()) {
            connection.setAssignmentRuleHeader(null, true);
        }
        return connection;
    }

    private void limits(@Nullable LimitInfoHeader_element header) {
        if (header == null || header.getLimitInfo() == null) {
            return;
        }
        for (LimitInfo info : header.getLimitInfo()) {
            if ("API REQUESTS".equals(info.getType())) {
                day.organisation(info.getCurrent(), info.getLimit());
            }
        }
    }

    /** One question to a connection. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(PartnerConnection connection) throws ConnectionException;
    }
}
