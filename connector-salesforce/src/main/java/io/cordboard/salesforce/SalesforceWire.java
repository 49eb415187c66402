// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import java.util.Map;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.FieldMap;
import retrofit2.http.FormUrlEncoded;
import retrofit2.http.HeaderMap;
import retrofit2.http.POST;
import retrofit2.http.Url;

/** The requests that an organisation understands. */
interface SalesforceWire {
    @FormUrlEncoded
    @POST
    Call<ResponseBody> token(@Url String address, @FieldMap Map<String, String> question);

    @POST
    Call<ResponseBody> soap(@Url String address, @HeaderMap Map<String, String> headers, @Body RequestBody envelope);
}
