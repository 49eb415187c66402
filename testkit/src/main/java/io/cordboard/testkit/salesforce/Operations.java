// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One call of the partner API, by the name of its operation: what stands inside the answer's element. */
final class Operations {
    private static final int MOST_IDS = 2000;

    private final OrgWorld world;
    private final Envelope call;
    private final String user;

    Operations(OrgWorld world, Envelope call, String user) {
        this.world = world;
        this.call = call;
        this.user = user;
    }

    String run() {
        Org org = world.get();
        return switch (call.operation()) {
            case "query" -> world.queries().query(call, false);
            case "queryAll" -> world.queries().query(call, true);
            case "queryMore" -> world.queries().queryMore(call);
            case "search" -> new Sosl(org).search(call.text("searchString"));
            case "create", "update", "upsert", "delete", "undelete" -> new Dml(org, call, user).run();
            case "merge" -> new Conversions(org, call, user).merge();
            case "convertLead" -> new Conversions(org, call, user).convertLeads();
            case "emptyRecycleBin" -> new Conversions(org, call, user).emptyBin();
            case "retrieve" -> retrieve(org);
            case "getUpdated" -> new Replication(org, call).updated();
            case "getDeleted" -> new Replication(org, call).deleted();
            case "describeGlobal" -> new Describe(org.schema()).global();
            case "describeSObject" -> new Describe(org.schema()).object(call.text("sObjectType"));
            case "describeSObjects" -> new Describe(org.schema()).objects(call.texts("sObjectType"));
            case "getServerTimestamp" ->
                "<result><timestamp>" + Org.stamp(org.switches().clock().instant()) + "</timestamp></result>";
            case "getUserInfo" -> userInfo("result", world, user);
            case "logout" -> logout();
            default ->
                throw SoapFault.client(
                        "No operation available for request {urn:partner.soap.sforce.com}" + call.operation());
        };
    }

    private String logout() {
        call.session().ifPresent(world.sessions()::end);
        return "";
    }

    private String retrieve(Org org) {
        List<String> ids = call.texts("ids");
        if (ids.size() > MOST_IDS) {
            throw SoapFault.unexpected("EXCEEDED_ID_LIMIT", "retrieve id limit reached: " + MOST_IDS);
        }
        ObjectType type = org.schema().object(call.text("sObjectType"));
        String fields = call.text("fieldList");
        RowXml xml = new RowXml(
                org,
                SoqlParser.parse(org, "SELECT " + fields + " FROM " + type.name())
                        .columns());
        Out out = new Out();
        for (String id : ids) {
            if (!Ids.valid(id)) {
                throw SoapFault.id("malformed id " + id);
            }
            Optional<Row> row = org.alive(id).filter(found -> found.type() == type);
            if (row.isPresent()) {
                xml.write(out, "result", row.get());
            } else {
                out.nil("result");
            }
        }
        return out.toString();
    }

    static String userInfo(String element, OrgWorld world, String userId) {
        Row user = world.get().find(userId).orElseThrow();
        Row organisation = world.get().find(Org.ID).orElseThrow();
        return new Out()
                .open(element)
                .raw("<accessibilityMode>false</accessibilityMode><chatterExternal>false</chatterExternal>")
                .raw("<currencySymbol>₽</currencySymbol>")
                .raw("<orgAttachmentFileSizeLimit>26214400</orgAttachmentFileSizeLimit>")
                .raw("<orgDefaultCurrencyIsoCode>RUB</orgDefaultCurrencyIsoCode>")
                .raw("<orgDefaultCurrencyLocale>ru_RU</orgDefaultCurrencyLocale>")
                .raw("<orgDisallowHtmlAttachments>false</orgDisallowHtmlAttachments>")
                .raw("<orgHasPersonAccounts>false</orgHasPersonAccounts>")
                .leaf("organizationId", organisation.id())
                .leaf("organizationMultiCurrency", false)
                .leaf("organizationName", organisation.text("Name"))
                .leaf("profileId", Ids.full(Ids.of("00e", 1)))
                .nil("roleId")
                .leaf("sessionSecondsValid", world.switches().number("sessionSeconds"))
                .nil("userDefaultCurrencyIsoCode")
                .leaf("userEmail", user.text("Email"))
                .leaf("userFullName", user.text("Name"))
                .leaf("userId", user.id())
                .leaf("userLanguage", "ru")
                .leaf("userLocale", "ru_RU")
                .leaf("userName", user.text("Username").toLowerCase(Locale.ROOT))
                .leaf("userTimeZone", user.text("TimeZoneSidKey"))
                .leaf("userType", user.text("UserType"))
                .leaf("userUiSkin", "Theme3")
                .close(element)
                .toString();
    }
}
